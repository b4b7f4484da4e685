#!lua flags=allow-oom
-- needs _lines
-- Posts what timers have to post. Each timer is checked to be the one that was read: fired by another clock, replaced
-- or stopped since then, it does nothing. Runs when the memory is full too: the alarm of a crisis must go on widening,
-- and what a timer posts was stored already.
-- KEYS  1 mail places  2-4 ready streams  5 timers  6 timer bodies  7... mailboxes
-- ARGV  1 plan, MessagePack: array of {timer id, due, sealed body as read*, mailbox (number in KEYS), person,
--         lane letter, element*}
--       2... the values that the plan names by number (*)
-- reply number of timers that fired
local mail = kind_at(1, 'workers')
local fired = 0
for _, timer in ipairs(cmsgpack.unpack(ARGV[1])) do
  local id, due, body, mailbox = timer[1], timer[2], ARGV[timer[3]], KEYS[timer[4]]
  local person, lane, element = timer[5], timer[6], ARGV[timer[7]]
  local score = redis.call('ZSCORE', KEYS[5], id)
  if score and tonumber(score) == due and redis.call('HGET', KEYS[6], id) == body then
    redis.call('ZREM', KEYS[5], id)
    redis.call('HDEL', KEYS[6], id)
    append(mail, mailbox, person, lane, element)
    fired = fired + 1
  end
end
return fired
