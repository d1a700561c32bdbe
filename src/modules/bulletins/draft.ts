import { inOwnWords, type SectionKey } from './bulletin-form.ts';
import type { Snapshot } from './snapshot.ts';
import type { Section } from './text.ts';

/** The first words of each part, with the figures by their names; what is not there is not spoken of. */
export function draftOf(snapshot: Snapshot, requests: readonly string[]): Section[] {
  const { figures } = snapshot;
  const some = (name: string): boolean => {
    const figure = figures[name];
    return figure?.kind === 'count' && figure.value > 0;
  };
  const texts: Readonly<Record<SectionKey, readonly string[]>> = {
    summary: [
      '{{本期}}，新增问题隐患{{新增}}件（较上期{{新增较上期}}），销号{{销号}}件（较上期{{销号较上期}}），重新打开{{重新打开}}件。截至{{截至日}}，未销号{{未销号}}件（较上期末{{未销号较上期}}），其中逾期{{逾期}}件（较上期末{{逾期较上期}}）、重大隐患{{重大隐患}}件。',
      '任务清单共{{任务总数}}项，已销号{{已销号任务}}项，完成率{{任务完成率}}；在办{{在办任务}}项，其中逾期{{逾期任务}}项。',
    ],
    tasks: [
      '{{本期}}销号任务{{本期销号任务}}项（较上期{{本期销号任务较上期}}）。截至{{截至日}}，在办任务{{在办任务}}项，其中逾期{{逾期任务}}项、临期{{临期任务}}项，等待签收{{待签收任务}}项。各阶段、各行业领域进展见附表。',
    ],
    problems: [
      '期初未销号{{期初未销号}}件，本期新增{{新增}}件、重新打开{{重新打开}}件，销号{{销号}}件、其他了结{{其他了结}}件，期末未销号{{未销号}}件。首次复查通过率{{首次复查通过率}}，本期销号中逾期销号{{逾期销号}}件。',
    ],
    overdue:
      some('逾期') || some('逾期任务')
        ? [
            '截至{{截至日}}，问题隐患逾期{{逾期}}件，任务逾期{{逾期任务}}项。各单位逾期时间最长的事项、责任人如下，请立即整改、说明原因。',
          ]
        : ['截至{{截至日}}，没有逾期的问题隐患和任务。'],
    pressure: [
      some('挂牌在办')
        ? '本期新挂牌{{新挂牌}}件、摘牌{{摘牌}}件，正在挂牌督办{{挂牌在办}}件，其中超过整改时限{{挂牌逾期}}件。'
        : '本期新挂牌{{新挂牌}}件、摘牌{{摘牌}}件，没有正在挂牌督办的重大隐患。',
      ...(some('督促措施') ? ['本期采取提示、警示、约谈等督促措施{{督促措施}}次。'] : []),
    ],
    filings: some('应报')
      ? ['本期应报送{{应报}}份，按时{{按时报送}}份，迟报{{迟报}}份，缺报{{缺报}}份，按时率{{按时率}}。']
      : ['本期没有到期的报送。'],
    ranking:
      snapshot.ranking.best.length > 0
        ? ['排名靠前的单位：{{前列单位}}。', '排名靠后的单位：{{后列单位}}。', '{{排名规则}}']
        : ['本期参加排名的单位不足，不排名。', '{{排名规则}}'],
    practices: [],
    next: [...requests],
  };
  // what the office asks for is in its own words already
  return snapshot.form.sections.map((key) => ({
    key,
    text: key === 'next' ? texts.next.join('\n') : inOwnWords(texts[key].join('\n'), snapshot.form.called),
  }));
}
