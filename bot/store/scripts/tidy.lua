#!lua flags=allow-oom
-- Forgets the consumers of a lane that belong to processes that are gone. Look and removal are one step: a line that a
-- process, frozen until now, took in between would be in nobody's hand and come to nobody ever again.
-- KEYS  1 stream
-- ARGV  1 group  2 for how many ms they must have been silent, with nothing in their hand
-- reply how many; 0 where there is no such group
local consumers = redis.pcall('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])
local gone = 0
for _, consumer in ipairs(consumers.err and {} or consumers) do
  local facts = {}
  for i = 1, #consumer, 2 do
    facts[consumer[i]] = consumer[i + 1]
  end
  if facts.pending == 0 and facts.idle > tonumber(ARGV[2]) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], facts.name)
    gone = gone + 1
  end
end
return gone
