#!lua
-- Removes a document that stands in one index, in one step with its entry there. Does nothing when it is gone already.
-- KEYS  1 document, 2 index
-- ARGV  1 member of the index  2 the index's next revision: random, so that none ever comes again
-- reply 1, or 0 when there was nothing to remove
local removed = redis.call('DEL', KEYS[1])
if redis.call('HDEL', KEYS[2], ARGV[1]) == 1 then
  redis.call('HSET', KEYS[2], 'rev', ARGV[2])
end
return removed
