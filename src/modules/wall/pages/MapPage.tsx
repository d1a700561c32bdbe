import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { client } from '../../../platform/web/client.ts';
import { FileUpload } from '../../../platform/web/parts/FileUpload.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { wallApi } from '../api.ts';

const api = client(wallApi);

/** Imports the customer's own approved map: only GeoJSON with its 审图号 replaces the schematic one. */
export function MapPage() {
  const map = useRead(api.wallMap, {});
  const [approval, setApproval] = useState('');
  const [codeProperty, setCodeProperty] = useState('code');
  const [nameProperty, setNameProperty] = useState('name');
  const [chosen, setChosen] = useState<{ name: string; geoJson: unknown } | null>(null);
  const [trouble, setTrouble] = useState('');
  const change = useAct(api.changeMap);
  const [done, setDone] = useState<{ features: number; unmatched: readonly string[] } | null>(null);
  const choose = async (files: readonly File[]): Promise<void> => {
    const [file] = files;
    if (!file) return;
    try {
      setChosen({ name: file.name, geoJson: JSON.parse(await file.text()) });
      setTrouble('');
    } catch {
      setChosen(null);
      setTrouble(`「${file.name}」不是 GeoJSON（内容不是 JSON）。请从地理信息软件另存为 GeoJSON。`);
    }
  };
  const submit = async (): Promise<void> => {
    if (chosen === null) return;
    const answer = await change.act({ body: { approval, codeProperty, nameProperty, geoJson: chosen.geoJson } });
    if (answer) setDone(answer);
  };
  return (
    <>
      <PageHeader
        title="更换底图"
        says={`现在的底图：${map.data?.caption ?? '没有'}。公开或对外展示的地图应经过审核，请填写审图号。`}
      />
      <Card title="导入 GeoJSON">
        <FileUpload
          label="把 GeoJSON 文件拖到这里，或点击选择"
          extensions={['geojson', 'json']}
          onFiles={choose}
          maxBytes={7 * 1_048_576}
        />
        {trouble ? <Alert type="error" showIcon title={trouble} /> : null}
        {chosen ? <p>已选择：{chosen.name}</p> : null}
        <div className="g-field">
          <label htmlFor="approval">审图号（必填）</label>
          <Input
            id="approval"
            value={approval}
            onChange={(event) => setApproval(event.target.value)}
            placeholder="例如：苏S（2026）×号"
          />
        </div>
        <div className="g-field">
          <label htmlFor="code">区划代码的字段名</label>
          <Input id="code" value={codeProperty} onChange={(event) => setCodeProperty(event.target.value)} />
        </div>
        <div className="g-field">
          <label htmlFor="name">名称的字段名</label>
          <Input id="name" value={nameProperty} onChange={(event) => setNameProperty(event.target.value)} />
        </div>
        <p className="g-quiet g-field">
          坐标应为经纬度（CGCS2000 或 WGS-84）。区划代码与单位名册中镇街的区划代码一致，才能着色。
        </p>
        <div className="g-field">
          <Button
            type="primary"
            loading={change.busy}
            disabled={chosen === null || approval.trim() === ''}
            onClick={submit}
          >
            更换底图
          </Button>
          {chosen === null || approval.trim() === '' ? (
            <span className="g-quiet">　先选择文件并填写审图号。</span>
          ) : null}
        </div>
        <RefusalAlert refusal={change.refusal} onResend={change.resend} />
        {done ? (
          <Alert
            type={done.unmatched.length > 0 ? 'warning' : 'success'}
            showIcon
            title={`已更换，共 ${done.features} 个图形。${done.unmatched.length > 0 ? `以下图形没有找到对应的单位，将显示为灰色：${done.unmatched.join('、')}。请在单位名册里补上区划代码。` : ''}`}
          />
        ) : null}
      </Card>
    </>
  );
}
