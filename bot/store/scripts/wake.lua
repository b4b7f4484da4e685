#!lua flags=allow-oom
-- needs _lines
-- Puts chats whose next attempt is due back into their lanes.
-- KEYS  1 chat places  2-4 send streams  5 delayed
-- ARGV  1 now, ms  2 how many at most  3 for how many ms a chat is set aside at most: one that is due later was set
--       aside by a clock that was wrong, and has waited long enough
-- reply number of chats
local chats = kind_at(1, 'senders')
local latest = ARGV[1] + ARGV[3]
local due = redis.call('ZRANGE', KEYS[5], '-inf', ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[2])
for _, line in ipairs(redis.call('ZRANGE', KEYS[5], '(' .. latest, '+inf', 'BYSCORE', 'LIMIT', 0, ARGV[2])) do
  table.insert(due, line)
end
for _, line in ipairs(due) do
  redis.call('ZREM', KEYS[5], line)
  local place = place_of(chats, line)
  if place and place.lane == DELAYED then
    enter(chats, line, place.wanted)
  end
end
return #due
