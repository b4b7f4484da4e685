-- Pacing: who may send now, by token buckets that all senders share. Not a script: see `bot/store/scripts.py`.
--
-- A bucket is a time, at which all that left has been worked off at the bucket's rate. A message may leave while that
-- time is at most the burst ahead of now. Where the bot's share is used up, the chat is told its turn, and
-- that turn is taken for it at once (the hash `granted`): however many wait, each waits once and in order. Waits below
-- a millisecond are none.
--
-- Whoever keeps a time keeps beside it what it was reckoned from: the server's clock may be set back, and nobody is to
-- be silent for as long as it was wrong.
--
-- limits  {} for none, or ms a message and ms of burst for the common share, the crisis share, and one chat

local function server_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + time[2] / 1000
end

local PAIR = '<dd'

-- For how many ms a bot must be quiet. pause: the time until when, and for how many ms that was asked.
local function quiet_for(pause, now)
  local kept = redis.call('GET', pause)
  if not kept then
    return 0
  end
  local till, asked = struct.unpack(PAIR, kept)
  local left = math.ceil(till - now)
  return left <= asked and math.max(0, left) or 0
end

local function worked_off(bucket, now)
  local kept = redis.call('GET', bucket)
  if not kept then
    return now
  end
  local at, charged = struct.unpack(PAIR, kept)
  return math.max(now, at - math.max(0, charged - now))
end

local function charge(bucket, at, interval, now)
  redis.call('SET', bucket, struct.pack(PAIR, at + interval, now), 'PX', math.ceil(at + interval - now) + 1)
end

-- For how many ms the chat must wait; 0: its first message may leave now, and is charged.
-- at: numbers in KEYS of granted, common, crisis, chat
local function wait_for_turn(limits, at, line, lane, now)
  if #limits == 0 then
    return 0
  end
  local granted, common, crisis, chat = KEYS[at[1]], KEYS[at[2]], KEYS[at[3]], KEYS[at[4]]
  local urgent = lane == 'c'
  local chat_at = worked_off(chat, now)
  if not urgent and chat_at - now >= limits[6] + 1 then
    return math.floor(chat_at - now - limits[6])
  end
  if redis.call('HDEL', granted, line) == 0 then
    local common_at = worked_off(common, now)
    local wait = common_at - now - limits[2]
    charge(common, common_at, limits[1], now)
    if urgent then
      local crisis_at = worked_off(crisis, now)
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
