import { Button, Input, Select } from 'antd';

/** Somebody who took part, and as what. */
interface Person<As extends string> {
  readonly name: string;
  readonly unitName: string;
  readonly post: string;
  readonly as: As;
}

/** Who took part: name, unit, post and part of each; at least two stay. `added`: the part of one who is added. */
export function PeopleFields<As extends string>(props: {
  readonly legend: string;
  readonly postWord: string;
  readonly parts: readonly { readonly value: As; readonly label: string }[];
  readonly added: As;
  readonly people: readonly Person<As>[];
  readonly onChange: (people: readonly Person<As>[]) => void;
}) {
  const { people, onChange } = props;
  const change = (at: number, part: Partial<Person<As>>) =>
    onChange(people.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <fieldset className="g-rows">
      <legend>{props.legend}</legend>
      {people.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: people have no name yet while they are typed in
        <div key={at} className="g-listing-people">
          <Input
            aria-label={`第${at + 1}人姓名`}
            placeholder="姓名"
            maxLength={30}
            value={one.name}
            onChange={(event) => change(at, { name: event.target.value })}
          />
          <Input
            aria-label={`第${at + 1}人单位`}
            placeholder="单位"
            maxLength={60}
            value={one.unitName}
            onChange={(event) => change(at, { unitName: event.target.value })}
          />
          <Input
            aria-label={`第${at + 1}人职务`}
            placeholder={props.postWord}
            maxLength={40}
            value={one.post}
            onChange={(event) => change(at, { post: event.target.value })}
          />
          <Select<As>
            aria-label={`第${at + 1}人身份`}
            value={one.as}
            options={[...props.parts]}
            onChange={(as) => change(at, { as })}
          />
          <Button
            aria-label={`删去第${at + 1}人`}
            disabled={people.length <= 2}
            onClick={() => onChange(people.filter((_one, index) => index !== at))}
          >
            删去
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange([...people, { name: '', unitName: '', post: '', as: props.added }])}>
        加一人
      </Button>
    </fieldset>
  );
}
