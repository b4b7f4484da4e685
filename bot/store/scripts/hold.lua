#!lua flags=allow-oom
-- Takes, renews or gives up a lease. Whoever has it keeps it until it runs out or is given up.
-- KEYS  1 lease
-- ARGV  1 holder  2 for how many ms; 0 gives it up
-- reply 1 if the lease is, or was, the holder's; 0 while it is another's
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  local whole = tonumber(ARGV[2])
  if whole > 0 and redis.call('PTTL', KEYS[1]) > whole then
    -- Nobody is given more than a whole lease: the server's clock was set back, and its holder may be dead.
    redis.call('PEXPIRE', KEYS[1], whole)
  end
  return 0
end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return 1
