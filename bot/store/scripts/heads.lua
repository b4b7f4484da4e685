#!lua flags=allow-oom
-- needs _pace
-- What is first in chats that are in our hand, and whether it may be sent now. Charges the limits for what may. Runs
-- when the memory is full too: what leaves makes room.
-- KEYS  1 attempts  2 granted  3... as named by the plan
-- ARGV  1 plan, MessagePack: limits (see _pace.lua), how many messages to hand over at most, and an array of
--         {outbox, pause, common, crisis, chat (numbers in KEYS), line, lane letter}
-- reply array of {{message, ...}, attempts or false, ms for which the bot must be quiet, ms until the chat's turn}
local limits, most, chats = unpack(cmsgpack.unpack(ARGV[1]))
local now = server_ms()
local found = {}
for number, chat in ipairs(chats) do
  local messages = redis.call('LRANGE', KEYS[chat[1]], 0, most - 1)
  local quiet = math.max(0, redis.call('PTTL', KEYS[chat[2]]))
  local wait = 0
  if #messages > 0 and quiet == 0 then
    wait = wait_for_turn(limits, { 2, chat[3], chat[4], chat[5] }, chat[6], chat[7], now)
  end
  found[number] = { messages, redis.call('HGET', KEYS[1], chat[6]), quiet, wait }
end
return found
