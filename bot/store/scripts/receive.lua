#!lua
-- needs _lines
-- Takes in what a platform brought: what was not seen before goes to the end of its mailbox. Refused as a whole when
-- the memory is full, and when somebody else has the lease of the poller that brings it.
-- KEYS  1 mail places  2-4 ready streams  5-6 seen sets  7 lease  8... mailboxes
-- ARGV  1 plan, MessagePack: {holder, lease in ms} or {} where no lease is asked for, and an array of
--         {mark*, mailbox (number in KEYS), person, lane letter, element*}
--       2... the values that the plan names by number (*)
-- reply number of arrivals that were new | -1 for another's lease
local DAY_MS = 86400000
local mail = kind_at(1, 'workers')
local claim, arrivals = unpack(cmsgpack.unpack(ARGV[1]))
if #claim > 0 then
  local holder = redis.call('GET', KEYS[7])
  if holder and holder ~= claim[1] then
    return -1
  end
  redis.call('SET', KEYS[7], claim[1], 'PX', claim[2])
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local day = math.floor(now / DAY_MS)
local today, yesterday = KEYS[5 + day % 2], KEYS[5 + (day + 1) % 2]
local new = 0
for _, arrival in ipairs(arrivals) do
  local mark, mailbox, person, lane, element = ARGV[arrival[1]], KEYS[arrival[2]], arrival[3], arrival[4], ARGV[arrival[5]]
  if redis.call('SISMEMBER', yesterday, mark) == 0 and redis.call('SADD', today, mark) == 1 then
    append(mail, mailbox, person, lane, element)
    new = new + 1
  end
end
-- Gone at the moment when the day after tomorrow begins, which uses the same key. A write even when nothing was new,
-- so that a WAITAOF after it waits for what an earlier, broken attempt stored.
redis.call('PEXPIREAT', today, (day + 2) * DAY_MS)
return new
