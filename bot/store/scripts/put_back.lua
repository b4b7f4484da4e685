#!lua flags=allow-oom
-- needs _lines
-- Lets a line out of our hand without having worked on it: to the end of its lane, or away if it is empty.
-- KEYS  1 places  2-4 streams  5 the line's list
-- ARGV  1 group  2 line  3 entry  4 consumer
-- reply 1, or 0 if the line was not in our hand
local kind = kind_at(1, ARGV[1])
local place = place_held(kind, ARGV[2], ARGV[3], ARGV[4])
if not place then
  return 0
end
settle(kind, ARGV[2], place, ARGV[4], redis.call('EXISTS', KEYS[5]) == 1, false)
return 1
