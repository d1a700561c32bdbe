// 重算一次回头看的抽取：node recompute-draw.mjs 公布文件.json
// Needs nothing but Node and the published file. Prints the hash of the frozen list and the sample, and compares both
// with what was published; ends with 1 where they differ.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
const published = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const [head, list] = published.frozen.split('\n--\n');
const rules = head.split('\n').map((line) => line.split('\t'));
const rule = (...names) =>
  Number(rules.find((row) => names.every((name, at) => row[at] === name))?.[names.length] ?? 0);
const tickets = list
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => line.split('\t'))
  .map(([number, id, unit, grade]) => ({ number, id, unit, grade, ticket: sha256(published.seed + id) }))
  .sort((a, b) => (a.ticket < b.ticket ? -1 : 1));
const drawn = new Set();
const count = (same) => [...drawn].filter(same).length;
for (const one of tickets) if (count((other) => other.unit === one.unit) < rule('perUnit')) drawn.add(one);
for (const one of tickets)
  if (count((other) => other.grade === one.grade) < rule('perGrade', one.grade)) drawn.add(one);
for (const one of tickets) if (drawn.size < rule('take')) drawn.add(one);
const sample = tickets.filter((one) => drawn.has(one));

const hash = sha256(published.frozen);
console.log(
  `名单 ${tickets.length} 条，摘要 ${hash}：${hash === published.listHash ? '与公布的一致' : '与公布的不一致'}`,
);
for (const one of sample) console.log(`${one.number}\t${one.id}\t${one.ticket}`);
const same = sample.map((one) => one.id).join() === published.sample.map((one) => one.id).join();
console.log(`抽中 ${sample.length} 条：${same ? '与公布的一致' : '与公布的不一致'}`);
process.exitCode = same && hash === published.listHash ? 0 : 1;
