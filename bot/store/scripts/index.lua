#!lua flags=no-writes
-- Reads an index and its revision in one step; the entries only if the revision is not the one that the reader knows.
-- KEYS  1 index
-- ARGV  1 revision that is known, '' for none
-- reply {revision} | {revision, {member, sealed entry, ...}}; revision '' for an empty index
local revision = redis.call('HGET', KEYS[1], 'rev') or ''
if revision ~= '' and revision == ARGV[1] then
  return { revision }
end
return { revision, redis.call('HGETALL', KEYS[1]) }
