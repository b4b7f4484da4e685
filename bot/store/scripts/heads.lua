#!lua flags=allow-oom
-- needs _lines _pace
-- What is first in chats that are in our hand, and whether it may be sent now; each stays in it for a whole lease more.
-- A chat that another has taken over meanwhile is not looked at, and charges nothing: all in one step, so that nobody
-- sends by what was true a moment ago. Runs when the memory is full too: what leaves makes room.
-- KEYS  1 chat places  2-4 send streams  5 attempts  6 granted  7... as named by the plan
-- ARGV  1 plan, MessagePack: consumer, limits (see _pace.lua), how many messages to hand over at most, and an array of
--         {outbox, pause, common, crisis, chat (numbers in KEYS), line, lane letter, entry}
-- reply array of {{message, ...}, attempts or false, ms for which the bot must be quiet, ms until the chat's turn,
--         sealed ids of the first message's parts that the platform has, or false}
--         | false for a chat that is not in our hand
local chats = kind_at(1, 'senders')
local consumer, limits, most, asked = unpack(cmsgpack.unpack(ARGV[1]))
local now = server_ms()
local found = {}
for number, chat in ipairs(asked) do
  local line, lane = chat[6], chat[7]
  local place = place_held(chats, line, chat[8], consumer)
  if place then
    keep_held(chats, place, consumer)
    local messages = redis.call('LRANGE', KEYS[chat[1]], 0, most - 1)
    local quiet = quiet_for(KEYS[chat[2]], now)
    local wait = 0
    if #messages > 0 and quiet == 0 then
      wait = wait_for_turn(limits, { 6, chat[3], chat[4], chat[5] }, line, lane, now)
    end
    local tried = redis.call('HMGET', KEYS[5], line, line .. ARRIVED)
    found[number] = { messages, tried[1], quiet, wait, tried[2] }
  else
    found[number] = false
  end
end
return found
