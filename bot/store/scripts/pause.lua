#!lua flags=allow-oom
-- needs _pace
-- Asks a bot to be quiet for a while from now on.
-- KEYS  1 pause
-- ARGV  1 for how many ms
-- reply OK
-- Rounded down: nothing is left of it that was not asked for.
local till = math.floor(server_ms()) + ARGV[1]
return redis.call('SET', KEYS[1], struct.pack(PAIR, till, ARGV[1]), 'PX', ARGV[1])
