-- Making the words of a row takes as long as reading it: the planner shall ask the index for them and never compute them.
alter function task_words cost 10000;
