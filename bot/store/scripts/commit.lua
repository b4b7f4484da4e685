#!lua flags=allow-oom
-- needs _lines
-- Ends the work on one event: checks everything first, then writes everything, takes the event out of its mailbox, and
-- hands over the next one. Runs when the memory is full too: what was received is worked off, so memory gets free.
-- KEYS  1 mail places  2-4 ready streams  5 chat places  6-8 send streams  9 timers  10 timer bodies  11 poison
--       12 the event's mailbox  13... as named by the plan
-- ARGV  1 plan, MessagePack; what is called a key is its number in KEYS, a value with * its number in ARGV:
--         line, entry, consumer, mark*  the mailbox, as it is in our hand, and the event
--         go_on      keep the mailbox if it has more
--         documents  {key, revision*} that were read; '' for a missing document
--         indexes    {key, revision*} that were read; '' for an empty index
--         writes     {key, value*, expires at in ms or 0}; an empty value deletes
--         entries    {key of an index, {member, sealed entry* or '' to remove, ...}}
--         timers     {id, due in ms, sealed body*}; due -1 stops the timer
--         mails      {key of a mailbox, person, lane letter, element*}
--         sends      {key of an outbox, chat, lane letter, element*}
--         poison     {why, sealed event*} or {}
--       2... those values
-- reply {'done', next element or false} | {'superseded'} | {'conflict'}
local POISON_KEPT = 10000
local mail, chats = kind_at(1, 'workers'), kind_at(5, 'senders')
local timers, timer_bodies, poison, mailbox = KEYS[9], KEYS[10], KEYS[11], KEYS[12]
local plan = cmsgpack.unpack(ARGV[1])

local place = place_held(mail, plan.line, plan.entry, plan.consumer)
if not place or not is_head(mailbox, ARGV[plan.mark]) then
  return { 'superseded' }
end
for _, read in ipairs(plan.documents) do
  if redis.call('GETRANGE', KEYS[read[1]], 0, 7) ~= ARGV[read[2]] then
    return { 'conflict' }
  end
end
for _, read in ipairs(plan.indexes) do
  if (redis.call('HGET', KEYS[read[1]], 'rev') or '') ~= ARGV[read[2]] then
    return { 'conflict' }
  end
end

for _, write in ipairs(plan.writes) do
  local key, value, expires = KEYS[write[1]], ARGV[write[2]], write[3]
  if value == '' then
    redis.call('DEL', key)
  elseif expires > 0 then
    redis.call('SET', key, value, 'PXAT', string.format('%.0f', expires))
  else
    redis.call('SET', key, value)
  end
end
for _, change in ipairs(plan.entries) do
  local key, changes = KEYS[change[1]], change[2]
  for i = 1, #changes, 2 do
    local entry = ARGV[changes[i + 1]]
    if entry == '' then
      redis.call('HDEL', key, changes[i])
    else
      redis.call('HSET', key, changes[i], entry)
    end
  end
  -- The event's mark: random, and no event is committed twice, so no revision ever comes again.
  redis.call('HSET', key, 'rev', ARGV[plan.mark])
end
for _, timer in ipairs(plan.timers) do
  local id, due, body = timer[1], timer[2], ARGV[timer[3]]
  if due < 0 then
    redis.call('ZREM', timers, id)
    redis.call('HDEL', timer_bodies, id)
  else
    redis.call('ZADD', timers, string.format('%.0f', due), id)
    redis.call('HSET', timer_bodies, id, body)
  end
end
for _, post in ipairs(plan.mails) do
  append(mail, KEYS[post[1]], post[2], post[3], ARGV[post[4]])
end
for _, message in ipairs(plan.sends) do
  append(chats, KEYS[message[1]], message[2], message[3], ARGV[message[4]])
end
if #plan.poison > 0 then
  redis.call('XADD', poison, 'MAXLEN', '~', POISON_KEPT, '*',
    'person', plan.line, 'why', plan.poison[1], 'sealed', ARGV[plan.poison[2]])
end
redis.call('LPOP', mailbox)
-- Read again: what was posted to this very mailbox may have raised its lane.
return { 'done', settle(mail, mailbox, plan.line, place_of(mail, plan.line), plan.consumer, plan.go_on) }
