#!lua flags=allow-oom
-- needs _lines
-- Sets a chat aside until the next attempt on its first message is due; what is appended meanwhile waits behind it.
-- KEYS  1 chat places  2-4 send streams  5 attempts  6 delayed  7 the chat's outbox
-- ARGV  1 chat  2 entry  3 consumer  4 due, ms  5 how many attempts to add  6 how many messages before it are out
--       7 1 if the platform named the time: then not even a crisis is tried before
--       8 sealed ids of the first message's parts that the platform has; '' for what is known already
-- reply 1, or 0 if the chat was not in our hand
local chats = kind_at(1, 'senders')
local line = ARGV[1]
local place = place_held(chats, line, ARGV[2], ARGV[3])
if not place then
  return 0
end
if tonumber(ARGV[6]) > 0 then
  redis.call('LPOP', KEYS[7], ARGV[6])
end
leave(chats, line, place)
redis.call('HSET', chats.places, line, place.wanted .. DELAYED .. (ARGV[7] == '1' and NAMED or UNNAMED))
redis.call('HINCRBY', KEYS[5], line, ARGV[5])
if ARGV[8] ~= '' then
  redis.call('HSET', KEYS[5], line .. ARRIVED, ARGV[8])
end
redis.call('ZADD', KEYS[6], ARGV[4], line)
return 1
