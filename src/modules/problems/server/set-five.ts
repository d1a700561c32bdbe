import { parseDay } from '../../../kernel/day.ts';
import { notValid, type RefusalPlace } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { ownFiles, who } from '../../../platform/case.ts';
import { fiveMissing } from '../five.ts';
import { type FivePart, fiveWords } from '../problem.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 五落实: one of the five, with the day on which it was settled and the papers that show it. */
export async function setFive(
  act: Act,
  input: Seen & {
    readonly part: FivePart;
    readonly text: string;
    readonly on: string;
    readonly fileIds: readonly string[];
  },
): Promise<Done> {
  const loaded = await load(act, input);
  const { problem } = loaded;
  const text = input.text.trim();
  const state = decide(act, loaded, 'setFive', { content: text });
  const on = parseDay(input.on);
  const places: RefusalPlace[] = [];
  if (on === null) places.push({ where: 'body.on', says: `没有“${input.on}”这一天` });
  else if (on > act.day) places.push({ where: 'body.on', says: '落实日期不能晚于今天' });
  else if (on < problem.foundOn)
    places.push({ where: 'body.on', says: `落实日期早于问题的发现日期${problem.foundOn}` });
  if (input.fileIds.length === 0) places.push({ where: 'body.fileIds', says: '请上传能说明已经落实的文件或照片' });
  if (places.length > 0) throw notValid(places.map((place) => place.says).join('；'), places);
  const fileIds = await ownFiles(
    act,
    { kind: 'problem', id: problem.id },
    input.fileIds,
    '有附件没有上传到这条问题，请重新上传后再提交。',
  );
  const five = { ...problem.five, [input.part]: { text, on, fileIds } };
  const saved = await save(act, loaded, { state, five });
  const missing = fiveMissing(five);
  const rest = missing.length === 0 ? '五落实已填全' : `还差${missing.join('、')}`;
  return tell(act, problem, saved, 'problem.fiveSet', `${who(act)}填报${fiveWords[input.part]}，${rest}。`, {
    part: input.part,
    text,
    on,
    fileIds,
    former: problem.five[input.part] ?? null,
  });
}
