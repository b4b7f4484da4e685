-- Pacing: who may send now, by token buckets that all senders share. Not a script: see `bot/store/scripts.py`.
--
-- A bucket is one number, the time at which all that left has been worked off at the bucket's rate. A message may leave
-- while that time is at most the burst ahead of now. Where the bot's share is used up, the chat is told its turn, and
-- that turn is taken for it at once (the hash `granted`): however many wait, each waits once and in order. Waits below
-- a millisecond are none.
--
-- limits  {} for none, or ms a message and ms of burst for the common share, the crisis share, and one chat

local function server_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + time[2] / 1000
end

local function worked_off(stored, now)
  return math.max(now, tonumber(stored or 0))
end

local function charge(bucket, at, interval, now)
  redis.call('SET', bucket, string.format('%.2f', at + interval), 'PX', math.ceil(at + interval - now) + 1)
end

-- For how many ms the chat must wait; 0: its first message may leave now, and is charged.
-- at: numbers in KEYS of granted, common, crisis, chat
local function wait_for_turn(limits, at, line, lane, now)
  if #limits == 0 then
    return 0
  end
  local granted, common, crisis, chat = KEYS[at[1]], KEYS[at[2]], KEYS[at[3]], KEYS[at[4]]
  local urgent = lane == 'c'
  local stored = redis.call('MGET', chat, common, crisis)
  local chat_at = worked_off(stored[1], now)
  if not urgent and chat_at - now >= limits[6] + 1 then
    return math.floor(chat_at - now - limits[6])
  end
  if redis.call('HDEL', granted, line) == 0 then
    local common_at = worked_off(stored[2], now)
    local wait = common_at - now - limits[2]
    charge(common, common_at, limits[1], now)
    if urgent then
      local crisis_at = worked_off(stored[3], now)
      wait = crisis_at - now - limits[4]
      charge(crisis, crisis_at, limits[3], now)
    end
    if wait >= 1 then
      redis.call('HSET', granted, line, 1)
      return math.floor(wait)
    end
  end
  charge(chat, chat_at, limits[5], now)
  return 0
end
