import { Button } from 'antd';

/** What the link narrowed a list to that no filter shows, and the way out of it. Nothing where it narrowed to nothing. */
export function LinkedNote({ linked, onClear }: { linked: readonly string[]; onClear: () => void }) {
  if (linked.length === 0) return null;
  return (
    <p className="g-linked" role="status">
      只看：{linked.join('；')}{' '}
      <Button size="small" onClick={onClear}>
        看全部
      </Button>
    </p>
  );
}
