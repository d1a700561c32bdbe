import { Button } from 'antd';
import { useState } from 'react';
import { sha256Of } from '../../../kernel/sha256.ts';
import { asRefused } from '../../../platform/web/refused.ts';
import { ranked, sampleOf } from '../look-back.ts';
import type { Grade } from '../problem.ts';
import { lookBacks } from './look-back-client.ts';

interface Published {
  readonly frozen: string;
  readonly listHash: string;
  readonly seed: string;
  readonly sample: readonly { readonly id: string }[];
}

/** Reads the rules and the list out of the frozen text, as anybody would. */
function readFrozen(text: string) {
  const [head = '', list = ''] = text.split('\n--\n');
  const rows = head.split('\n').map((line) => line.split('\t'));
  const rule = (...names: string[]): number =>
    Number(rows.find((row) => names.every((name, at) => row[at] === name))?.[names.length] ?? 0);
  const pool = list
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [number = '', id = '', unitId = '', grade = 'general', sector = '-'] = line.split('\t');
      return { number, id, unitId, grade: grade as Grade, sector: sector === '-' ? null : sector };
    });
  return {
    pool,
    rules: {
      take: rule('take'),
      perUnit: rule('perUnit'),
      perGrade: { general: rule('perGrade', 'general'), major: rule('perGrade', 'major') },
    },
  };
}

/** Recomputes hash and sample in this browser from the published file. */
export function LookBackVerify({ id }: { id: string }) {
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState<string | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      const fetched = (await (lookBacks.publishedDraw as unknown as (input: object) => Promise<{ blob: Blob }>)({
        params: { id },
      })) as { blob: Blob };
      const published = JSON.parse(await fetched.blob.text()) as Published;
      const { pool, rules } = readFrozen(published.frozen);
      const hash = sha256Of(published.frozen) === published.listHash;
      const sample = sampleOf(rules, ranked(published.seed, pool));
      const same = sample.map((one) => one.id).join() === published.sample.map((one) => one.id).join();
      setSays(
        `在本机算了 ${pool.length} 个票号：名单摘要${hash ? '一致' : '不一致'}，抽中的 ${sample.length} 条${same ? '与公布的完全相同' : '与公布的不同'}。`,
      );
    } catch (thrown) {
      setSays(asRefused(thrown).says);
    }
    setBusy(false);
  };
  return (
    <p>
      <Button loading={busy} onClick={() => void run()}>
        在本机重算
      </Button>{' '}
      <span role="status">{says}</span>
    </p>
  );
}
