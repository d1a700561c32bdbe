import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { fiveParts, fiveWords, gradeWords } from '../problem.ts';
import { fileAddress, type ProblemView } from './problems-client.ts';

/** By which clauses of which version it was judged, by whom and when. */
export function ProblemJudgement({ view }: { view: ProblemView }) {
  const { judgement } = view;
  if (judgement === null) return null;
  return (
    <Card title={`判定：${gradeWords[judgement.grade]}`}>
      <p className="g-quiet">
        {judgement.on} {judgement.byName}
        {judgement.criteriaName ? `，依据《${judgement.criteriaName}》（${judgement.criteriaVersion ?? ''}）` : ''}
      </p>
      {judgement.clauses.length > 0 ? (
        <ul className="g-places">
          {judgement.clauses.map((clause) => (
            <li key={clause.code}>
              <b>{clause.code}</b> {clause.text}
            </li>
          ))}
        </ul>
      ) : null}
      {judgement.reason ? <p>理由：{judgement.reason}</p> : null}
    </Card>
  );
}

/** 五落实: five boxes; what is missing is dashed and said. Shown for major ones, and wherever one was filled in. */
export function ProblemFive({ view }: { view: ProblemView }) {
  const filled = fiveParts.filter((part) => view.five[part]);
  if (view.problem.grade !== 'major' && filled.length === 0) return null;
  const names = new Map(view.photos.map((photo) => [photo.fileId, photo]));
  return (
    <Card
      title="五落实"
      extra={
        <span className={view.fiveMissing.length === 0 ? 'g-quiet' : 'g-doubt'}>
          {view.fiveMissing.length === 0 ? '五项已经填全' : `还缺：${view.fiveMissing.join('、')}`}
        </span>
      }
    >
      <ul className="g-five">
        {fiveParts.map((part) => {
          const settled = view.five[part];
          return (
            <li key={part} className={settled ? '' : 'g-five-missing'}>
              <h3 className="g-five-name">{fiveWords[part]}</h3>
              {settled ? (
                <>
                  <p className="g-pre">{settled.text}</p>
                  <p className="g-quiet">落实于 {settled.on ?? '未写日期'}</p>
                  <FileList
                    empty="还没有附件。"
                    files={settled.fileIds.map((id) => ({
                      id,
                      name: names.get(id)?.name ?? '附件',
                      href: fileAddress(id),
                    }))}
                  />
                </>
              ) : (
                <p className="g-quiet">还没有填报。</p>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
