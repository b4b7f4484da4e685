#!lua flags=allow-oom
-- needs _lines
-- Notes how the sending of a chat's first message ended (delivered or given up), and hands over the next one. Runs
-- when the memory is full too: a message that is out must be noted, or it would be sent again.
-- KEYS  1 mail places  2-4 ready streams  5 chat places  6-8 send streams  9 attempts  10 dead  11 the chat's outbox
--       12 refs of this week  13 pause of the bot  14... as named by the plan
-- ARGV  1 plan, MessagePack; a value with * is its number in ARGV:
--         line, entry, consumer, mark*  the chat, as it is in our hand, and its first message
--         go_on    keep the chat if it has more
--         refs     {field, value*}, and refs_expire: when they may go, ms
--         receipt  {key of a mailbox (number in KEYS), person, lane letter, element*} or {}
--         dead     {why, sealed message*} or {}
--       2... those values
-- reply {'done', next element or false, ms for which the bot must be quiet (-2: need not)} | {'superseded'}
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
redis.call('LPOP', outbox)
redis.call('HDEL', attempts, plan.line)
local next = settle(chats, outbox, plan.line, place_of(chats, plan.line), plan.consumer, plan.go_on)
return { 'done', next, redis.call('PTTL', pause) }
