#!lua flags=allow-oom
-- needs _lines _pace
-- Notes how the sending of a chat's first message ended (delivered or given up), and of those that went along before
-- it, and hands over the next ones. Runs when the memory is full too: a message that is out must be noted, or it would
-- be sent again.
-- KEYS  1 mail places  2-4 ready streams  5 chat places  6-8 send streams  9 attempts  10 dead  11 the chat's outbox
--       12 refs of this week  13 pause of the bot  14 granted  15 common  16 crisis  17 chat (for _pace.lua)
--       18... as named by the plan
-- ARGV  1 plan, MessagePack; a value with * is its number in ARGV:
--         line, entry, consumer, mark*  the chat, as it is in our hand, and its first message
--         count    how many messages have ended
--         go_on    keep the chat if it has more
--         limits   see _pace.lua
--         most     how many messages to hand over at most
--         refs     {field, value*}, and refs_expire: when they may go, ms
--         receipt  {key of a mailbox (number in KEYS), person, lane letter, element*} or {}
--         dead     {why, sealed message*} or {}
--       2... those values
-- reply {'done', {next message, ...}, ms for which the bot must be quiet, ms until the chat's turn} | {'superseded'}
local DEAD_KEPT = 10000
local mail, chats = kind_at(1, 'workers'), kind_at(5, 'senders')
local attempts, dead, outbox, refs, pause = KEYS[9], KEYS[10], KEYS[11], KEYS[12], KEYS[13]
local plan = cmsgpack.unpack(ARGV[1])

local place = place_held(chats, plan.line, plan.entry, plan.consumer)
if not place or not is_head(outbox, ARGV[plan.mark]) then
  return { 'superseded' }
end
for _, ref in ipairs(plan.refs) do
  redis.call('HSET', refs, ref[1], ARGV[ref[2]])
end
if #plan.refs > 0 then
  redis.call('PEXPIREAT', refs, string.format('%.0f', plan.refs_expire))
end
if #plan.receipt > 0 then
  append(mail, KEYS[plan.receipt[1]], plan.receipt[2], plan.receipt[3], ARGV[plan.receipt[4]])
end
if #plan.dead > 0 then
  redis.call('XADD', dead, 'MAXLEN', '~', DEAD_KEPT, '*', 'chat', plan.line, 'why', plan.dead[1], 'sealed', ARGV[plan.dead[2]])
end
redis.call('LPOP', outbox, plan.count)
redis.call('HDEL', attempts, plan.line, plan.line .. ARRIVED)
if not settle(chats, outbox, plan.line, place, plan.consumer, plan.go_on) then
  return { 'done', {}, 0, 0 }
end
local now = server_ms()
local quiet = quiet_for(pause, now)
local wait = 0
if quiet == 0 then
  wait = wait_for_turn(plan.limits, { 14, 15, 16, 17 }, plan.line, place.lane, now)
end
return { 'done', redis.call('LRANGE', outbox, 0, plan.most - 1), quiet, wait }
