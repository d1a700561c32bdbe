import { Button, Input } from 'antd';
import type { Filled } from './filings-client.ts';

type Story = Filled['cases'][number];

/** Stories that a unit tells, with room for more. */
export function StoryFields(props: {
  id: string;
  word: string;
  must: boolean;
  stories: readonly Story[];
  onChange: (stories: Story[]) => void;
}) {
  const change = (at: number, part: Partial<Story>) =>
    props.onChange(props.stories.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <fieldset className="g-field">
      <legend>
        {props.word}
        {props.must ? <span className="g-must">（至少一个）</span> : null}
      </legend>
      {props.stories.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stories have no identity before they are filed
        <div className="g-story" key={at}>
          <Input
            aria-label={`${props.word}${at + 1}的标题`}
            placeholder="标题"
            maxLength={80}
            value={one.title}
            onChange={(event) => change(at, { title: event.target.value })}
          />
          <Input.TextArea
            aria-label={`${props.word}${at + 1}的内容`}
            placeholder="做了什么、怎么做的、有什么效果"
            rows={4}
            maxLength={4000}
            value={one.text}
            onChange={(event) => change(at, { text: event.target.value })}
          />
          <Button
            size="small"
            aria-label={`去掉${props.word}${at + 1}`}
            onClick={() => props.onChange(props.stories.filter((_, index) => index !== at))}
          >
            去掉
          </Button>
        </div>
      ))}
      <Button onClick={() => props.onChange([...props.stories, { title: '', text: '' }])}>增加{props.word}</Button>
    </fieldset>
  );
}

export function StoryList({ word, stories }: { word: string; stories: readonly Story[] }) {
  if (stories.length === 0) return null;
  return (
    <>
      <h3>{word}</h3>
      {stories.map((one) => (
        <article className="g-story" key={one.title}>
          <b>{one.title}</b>
          <p>{one.text}</p>
        </article>
      ))}
    </>
  );
}
