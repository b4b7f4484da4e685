-- Lines: lists that are worked in order by one worker at a time (a person's mailbox, a chat's outbox).
-- Not a script: `bot/store/scripts.py` puts this in front of the scripts that begin with `-- needs _lines`.
--
-- A line with something in it has one place: a field in the hash `places`, <wanted lane><lane><stream entry id>.
-- Lanes are letters: c crisis, n normal, b bulk; the second may also be d: delayed, in no stream until it is woken.
-- Instead of an entry id a delayed line has a sign: a crisis wakes it at once, unless the platform named the time.
-- The wanted lane rises with what is appended and holds until the line is empty. A line that waits moves to the wanted
-- lane at once; one that is in somebody's hand (its entry is pending in the group) stays there, and moves when it is
-- put back.
--
-- A chat's field in the hash `attempts`, and with ARRIVED behind it, are about its first message, and go with it.
--
-- A kind of line is a table: places, streams (by lane letter), group.

local ARRIVED = ':arrived'
local RANK = { c = 3, n = 2, b = 1 }
local DELAYED = 'd'
local NAMED, UNNAMED = '!', '-'

local function kind_at(first, group)
  return {
    places = KEYS[first],
    streams = { c = KEYS[first + 1], n = KEYS[first + 2], b = KEYS[first + 3] },
    group = group,
  }
end

local function place_of(kind, line)
  local place = redis.call('HGET', kind.places, line)
  if not place then
    return nil
  end
  return { wanted = place:sub(1, 1), lane = place:sub(2, 2), entry = place:sub(3) }
end

local function holder_of(kind, place)
  local pending = redis.call('XPENDING', kind.streams[place.lane], kind.group, place.entry, place.entry, 1)
  return pending[1] and pending[1][2]
end

local function enter(kind, line, lane)
  local entry = redis.call('XADD', kind.streams[lane], '*', 'line', line)
  redis.call('HSET', kind.places, line, lane .. lane .. entry)
end

local function leave(kind, line, place)
  redis.call('XACK', kind.streams[place.lane], kind.group, place.entry)
  redis.call('XDEL', kind.streams[place.lane], place.entry)
  redis.call('HDEL', kind.places, line)
end

-- Puts elements at the end of a line, and sees that the line is scheduled in the right lane.
local function append(kind, list, line, lane, ...)
  redis.call('RPUSH', list, ...)
  local place = place_of(kind, line)
  if not place then
    enter(kind, line, lane)
  elseif lane == 'c' and place.lane == DELAYED and place.entry == UNNAMED then
    -- Its place among the delayed means nothing any more, and goes when its time has come.
    enter(kind, line, lane)
  elseif RANK[lane] > RANK[place.wanted] then
    if place.lane == DELAYED or holder_of(kind, place) then
      redis.call('HSET', kind.places, line, lane .. place.lane .. place.entry)
    else
      leave(kind, line, place)
      enter(kind, line, lane)
    end
  end
end

-- The place, if `entry` is still the line's entry and in the hand of `consumer`; else nil.
local function place_held(kind, line, entry, consumer)
  local place = place_of(kind, line)
  if place and place.entry == entry and holder_of(kind, place) == consumer then
    return place
  end
  return nil
end

-- A sign of life for a line that is in our hand: for a whole lease nobody takes it over.
local function keep_held(kind, place, consumer)
  redis.call('XCLAIM', kind.streams[place.lane], kind.group, consumer, 0, place.entry, 'JUSTID')
end

-- After work on a line that is in our hand; `more` if there is something left in it. Go on: keeps it then, and returns
-- true. Otherwise it is put at the end of its wanted lane, or leaves when it is empty.
local function settle(kind, line, place, consumer, more, go_on)
  if more and go_on then
    keep_held(kind, place, consumer)
    return true
  end
  leave(kind, line, place)
  if more then
    enter(kind, line, place.wanted)
  end
  return false
end

-- True if the head of the list bears this mark (its first 8 bytes).
local function is_head(list, mark)
  local head = redis.call('LINDEX', list, 0)
  return head and head:sub(1, 8) == mark
end
