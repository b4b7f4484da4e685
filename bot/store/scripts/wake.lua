#!lua flags=allow-oom
-- needs _lines
-- Puts chats whose next attempt is due back into their lanes.
-- KEYS  1 chat places  2-4 send streams  5 delayed
-- ARGV  1 now, ms  2 how many at most
-- reply number of chats
local chats = kind_at(1, 'senders')
local due = redis.call('ZRANGE', KEYS[5], '-inf', ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[2])
for _, line in ipairs(due) do
  redis.call('ZREM', KEYS[5], line)
  local place = place_of(chats, line)
  if place and place.lane == DELAYED then
    enter(chats, line, place.wanted)
  end
end
return #due
