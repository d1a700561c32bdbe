import { Button } from 'antd';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { FileUpload } from '../../../platform/web/parts/FileUpload.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import type { lettersApi } from '../api.ts';
import { LetterheadForm } from './LetterheadForm.tsx';
import './letters.css';
import { api } from './letters-client.ts';

type Row = ResponseOf<typeof lettersApi.listTemplates>['rows'][number];

function TemplateCard({ row }: { row: Row }) {
  const putting = useAct(api.putTemplate);
  const withdrawing = useAct(api.withdrawTemplate);
  return (
    <Card
      title={row.word}
      extra={<StatusTag tone={row.own ? 'active' : 'plain'}>{row.own ? '自己的模板' : '自带的模板'}</StatusTag>}
    >
      <p className="g-quiet">
        现用「{row.name}」{row.own ? `，${row.putOn ?? ''} ${row.putByName ?? ''}换用` : ''}
      </p>
      <div className="g-row g-template-row">
        <DownloadButton call={api.openTemplate} input={{ params: { kind: row.kind } }} label="下载模板" />
        {row.own ? (
          <Button
            loading={withdrawing.busy}
            onClick={() => void withdrawing.act({ params: { kind: row.kind }, body: {} })}
          >
            改回自带的模板
          </Button>
        ) : null}
      </div>
      <FileUpload
        label={`换用自己的${row.word}模板`}
        hint="下载现用模板，在 Word 或 WPS 中改版式和文字，保留双花括号的空，存为 .docx 后上传"
        extensions={['docx']}
        progress={putting.busy ? (putting.progress ?? 0) : null}
        onFiles={([file]) => file && void putting.act({ file, query: { kind: row.kind } })}
      />
      <RefusalAlert refusal={putting.refusal ?? withdrawing.refusal} onResend={() => void putting.resend()} />
      <details className="g-refused">
        <summary>模板里可以用的空（{row.blanks.length}个）</summary>
        <table className="g-plain-table g-blanks">
          <thead>
            <tr>
              <th scope="col">写法</th>
              <th scope="col">填什么</th>
              <th scope="col">必须有</th>
            </tr>
          </thead>
          <tbody>
            {row.blanks.map((blank) => (
              <tr key={blank.written}>
                <td>
                  <code>{blank.written}</code>
                </td>
                <td>{blank.means}</td>
                <td>{blank.optional ? '可以没有' : '必须有'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Card>
  );
}

/** 公文模板: the letterhead, and for each document the template in use, its blanks, and the way to one's own. */
export function TemplatesPage() {
  const read = useRead(api.listTemplates);
  if (!read.data)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  return (
    <>
      <PageHeader
        title="公文模板"
        says={
          read.data.pdf
            ? '公文按模板生成 Word 文件，也可以下载 PDF。'
            : '公文按模板生成 Word 文件。这台服务器没有安装 LibreOffice，不能直接下载 PDF，请在办公软件中另存。'
        }
      />
      <LetterheadForm letterhead={read.data.letterhead} series={read.data.series} />
      {read.data.rows.map((row) => (
        <TemplateCard key={row.kind} row={row} />
      ))}
    </>
  );
}
