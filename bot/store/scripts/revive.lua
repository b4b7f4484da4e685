#!lua
-- needs _lines
-- Puts a message that was given up back at the end of its chat, in one step with its removal from the dead letters:
-- asked twice, it is sent once. Refused as a whole when the memory is full.
-- KEYS  1 chat places  2-4 send streams  5 dead  6 the chat's outbox
-- ARGV  1 entry among the dead  2 chat  3 lane letter  4 element
-- reply 1, or 0 if it is not there any more
if redis.call('XDEL', KEYS[5], ARGV[1]) == 0 then
  return 0
end
append(kind_at(1, 'senders'), KEYS[6], ARGV[2], ARGV[3], ARGV[4])
return 1
