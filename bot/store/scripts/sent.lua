#!lua flags=allow-oom
-- needs _lines _pace
-- Notes how the sending of a chat's first message ended (delivered or given up), and of those that went along before
-- it, and hands over the next ones. Runs when the memory is full too: a message that is out must be noted, or it would
-- be sent again.
-- KEYS  1 mail places  2-4 ready streams  5 chat places  6-8 send streams  9 attempts  10 dead  11 the chat's outbox
--       12 refs of this week  13 pause of the bot  14 granted  15 common  16 crisis  17 chat (for _pace.lua)
--       18... as named by the plan
-- ARGV  1 plan, MessagePack: an array of these; a value with * is its number in ARGV
--         line, entry, consumer, mark*  the chat, as it is in our hand, and its first message
--         count    how many messages have ended
--         go_on    keep the chat if it has more
--         limits   see _pace.lua
--         refs_expire  when the refs may go, ms
--         most     how many messages to hand over at most
--         refs     flat: field, value*
--         receipt  {key of a mailbox (number in KEYS), person, lane letter, element*} or {}
--         dead     {why, sealed message*} or {}
--       2... those values
-- reply {'done', {next message, ...}, ms for which the bot must be quiet, ms until the chat's turn} | {'superseded'}
local DEAD_KEPT = 10000
local mail, chats = kind_at(1, 'workers'), kind_at(5, 'senders')
local attempts, dead_letters, outbox, kept_refs, pause = KEYS[9], KEYS[10], KEYS[11], KEYS[12], KEYS[13]
local line, entry, consumer, mark, count, go_on, limits, refs_expire, most, refs, receipt, dead =
  unpack(cmsgpack.unpack(ARGV[1]))

local place = place_held(chats, line, entry, consumer)
if not place or not is_head(outbox, ARGV[mark]) then
  return { 'superseded' }
end
if #refs > 0 then
  for i = 2, #refs, 2 do
    refs[i] = ARGV[refs[i]]
  end
  redis.call('HSET', kept_refs, unpack(refs))
  -- The time belongs to the week, so it is set once.
  redis.call('PEXPIREAT', kept_refs, refs_expire, 'NX')
end
if #receipt > 0 then
  append(mail, KEYS[receipt[1]], receipt[2], receipt[3], ARGV[receipt[4]])
end
if #dead > 0 then
  redis.call('XADD', dead_letters, 'MAXLEN', '~', DEAD_KEPT, '*',
    'chat', line, 'why', dead[1], 'sealed', ARGV[dead[2]])
end
redis.call('LPOP', outbox, count)
redis.call('HDEL', attempts, line, line .. ARRIVED)
local following = redis.call('LRANGE', outbox, 0, most - 1)
if not settle(chats, line, place, consumer, #following > 0, go_on) then
  return { 'done', {}, 0, 0 }
end
local now = server_ms()
local quiet = quiet_for(pause, now)
local wait = 0
if quiet == 0 then
  wait = wait_for_turn(limits, { 14, 15, 16, 17 }, line, place.lane, now)
end
return { 'done', following, quiet, wait }
