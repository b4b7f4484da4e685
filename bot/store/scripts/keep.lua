#!lua flags=allow-oom
-- needs _lines
-- A sign of life for lines in our hand, so that nobody takes them over. Those that are not in it are left alone.
-- KEYS  1 places  2-4 streams
-- ARGV  1 group  2 consumer  3... line, entry, line, entry, ...
-- reply number of lines that are still in our hand
local group, consumer = ARGV[1], ARGV[2]
local kind = kind_at(1, group)
local kept = 0
for i = 3, #ARGV, 2 do
  local place = place_held(kind, ARGV[i], ARGV[i + 1], consumer)
  if place then
    keep_held(kind, place, consumer)
    kept = kept + 1
  end
end
return kept
