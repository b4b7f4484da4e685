#!lua flags=allow-oom
-- needs _lines
-- Ends the work on one event: checks everything first, then writes everything, takes the event out of its mailbox, and
-- hands over the next one. Runs when the memory is full too: what was received is worked off, so memory gets free.
-- KEYS  1 mail places  2-4 ready streams  5 chat places  6-8 send streams  9 timers  10 timer bodies  11 poison
--       12 the event's mailbox  13... as named by the plan
-- ARGV  1 plan, MessagePack: an array of these; what is called a key is its number in KEYS, a value with * its number
--       in ARGV. Flat arrays with several entries have them one after the other.
--         line, entry, consumer, mark*  the mailbox, as it is in our hand, and the event
--         go_on      keep the mailbox if it has more
--         documents  flat: key, revision* that were read; '' for a missing document
--         indexes    flat: key, revision* that were read; '' for an empty index
--         writes     flat: key, value*, expires at in ms or 0; an empty value deletes
--         entries    {key of an index, {member, sealed entry* or '' to remove, ...}}
--         timers     flat: id, due in ms, sealed body*; due -1 stops the timer
--         mails      flat: key of a mailbox, person, lane letter, element*
--         sends      flat: key of an outbox, chat, lane letter, first element*, last element*
--         poison     {why, sealed event*} or {}
--       2... those values
-- reply {'done', next element or false} | {'superseded'} | {'conflict'}
local POISON_KEPT = 10000
local mail, chats = kind_at(1, 'workers'), kind_at(5, 'senders')
local timer_times, timer_bodies, poisoned, mailbox = KEYS[9], KEYS[10], KEYS[11], KEYS[12]
local line, entry, consumer, mark, go_on, documents, indexes, writes, entries, timers, mails, sends, poison =
  unpack(cmsgpack.unpack(ARGV[1]))

local place = place_held(mail, line, entry, consumer)
if not place or not is_head(mailbox, ARGV[mark]) then
  return { 'superseded' }
end
for i = 1, #documents, 2 do
  if redis.call('GETRANGE', KEYS[documents[i]], 0, 7) ~= ARGV[documents[i + 1]] then
    return { 'conflict' }
  end
end
for i = 1, #indexes, 2 do
  if (redis.call('HGET', KEYS[indexes[i]], 'rev') or '') ~= ARGV[indexes[i + 1]] then
    return { 'conflict' }
  end
end

for i = 1, #writes, 3 do
  local key, value, expires = KEYS[writes[i]], ARGV[writes[i + 1]], writes[i + 2]
  if value == '' then
    redis.call('DEL', key)
  elseif expires > 0 then
    redis.call('SET', key, value, 'PXAT', expires)
  else
    redis.call('SET', key, value)
  end
end
for _, change in ipairs(entries) do
  local key, changes = KEYS[change[1]], change[2]
  for i = 1, #changes, 2 do
    local sealed = ARGV[changes[i + 1]]
    if sealed == '' then
      redis.call('HDEL', key, changes[i])
    else
      redis.call('HSET', key, changes[i], sealed)
    end
  end
  -- The event's mark: random, and no event is committed twice, so no revision ever comes again.
  redis.call('HSET', key, 'rev', ARGV[mark])
end
for i = 1, #timers, 3 do
  local id, due = timers[i], timers[i + 1]
  if due < 0 then
    redis.call('ZREM', timer_times, id)
    redis.call('HDEL', timer_bodies, id)
  else
    redis.call('ZADD', timer_times, due, id)
    redis.call('HSET', timer_bodies, id, ARGV[timers[i + 2]])
  end
end
for i = 1, #mails, 4 do
  append(mail, KEYS[mails[i]], mails[i + 1], mails[i + 2], ARGV[mails[i + 3]])
end
for i = 1, #sends, 5 do
  append(chats, KEYS[sends[i]], sends[i + 1], sends[i + 2], unpack(ARGV, sends[i + 3], sends[i + 4]))
end
if #poison > 0 then
  redis.call('XADD', poisoned, 'MAXLEN', '~', POISON_KEPT, '*',
    'person', line, 'why', poison[1], 'sealed', ARGV[poison[2]])
end
redis.call('LPOP', mailbox)
if #mails > 0 then
  -- Read again: what was posted to this very mailbox may have raised its lane.
  place = place_of(mail, line)
end
local following = redis.call('LINDEX', mailbox, 0)
return { 'done', settle(mail, line, place, consumer, following, go_on) and following }
