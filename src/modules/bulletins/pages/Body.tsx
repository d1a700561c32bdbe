import { coveredInWords } from '../snapshot.ts';
import type { BulletinView } from './bulletins-client.ts';
import { ChartsOf } from './Charts.tsx';
import { TablesOf } from './Tables.tsx';
import { Paragraph } from './Words.tsx';

const ordinals = '一二三四五六七八九';

/** The whole text of a bulletin with its tables, as it is printed; figures open their lists. */
export function Body({ view }: { view: BulletinView }) {
  return (
    <>
      {view.sections.map((section, at) => (
        <section key={section.key} className="g-bulletin-part">
          <h2>
            {ordinals[at]}、{section.word}
          </h2>
          {section.text
            .split('\n')
            .filter((line) => line.trim() !== '')
            .map((line) => (
              <Paragraph key={line} text={line} view={view} />
            ))}
          {section.text.trim() === '' && section.key !== 'practices' ? <p className="g-bulletin-text">无。</p> : null}
          <ChartsOf part={section.key} view={view} />
          <TablesOf part={section.key} view={view} />
        </section>
      ))}
      <p className="g-quiet">
        本期数据截至{view.day}，由系统自动汇总并封存，校验值{' '}
        <span className="g-code">{view.snapshot.sha256.slice(0, 16)}</span>。
        {view.lower ? `${coveredInWords}，数字打开的清单也只列本级政府的。` : ''}
        销号、重新打开和复查按次数计，清单里同一件只列一行。
      </p>
    </>
  );
}
