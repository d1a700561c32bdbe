-- 公文 became a room of its own; its tables stay as they are, the letterhead is kept under the room's name.
update setting set name = 'letters.letterhead' where name = 'supervision.letterhead';
