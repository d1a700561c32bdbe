import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseForm, type SheetText } from '../../kernel/sheet-form.ts';
import { testActor } from '../../platform/testing.ts';
import { checkSign, codeDoubt, plainCode } from './credit-code.ts';
import { addressKey, enterpriseKey, nameCore } from './enterprise.ts';
import { enterpriseColumns } from './import-form.ts';
import { isWrong, planRow } from './import-plan.ts';
import { asksForWord, doubtsAbout, indexKnown, type Known, matchOne } from './match.ts';
import { type EnterpriseAction, whyNot } from './rights.ts';

const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const body = fc.string({ unit: fc.constantFrom(...SIGNS), minLength: 17, maxLength: 17 });

describe('统一社会信用代码', () => {
  it('按国标算出的校验位总是对得上，不提醒', () => {
    fc.assert(fc.property(body, (text) => codeDoubt(text + checkSign(text)) === null));
  });

  it('改动任何一位，校验位都对不上，只提醒', () => {
    fc.assert(
      fc.property(body, fc.nat(16), fc.constantFrom(...SIGNS), (text, at, sign) => {
        fc.pre(text[at] !== sign);
        const wrong = text.slice(0, at) + sign + text.slice(at + 1) + checkSign(text);
        return (codeDoubt(wrong) ?? '').includes('校验位');
      }),
    );
  });

  it('校验位只会是码表里的字符', () => {
    fc.assert(fc.property(body, (text) => SIGNS.includes(checkSign(text) ?? '?')));
  });

  it('全角、小写、夹空格和横线的写法认作同一个代码', () => {
    fc.assert(
      fc.property(body, (text) => {
        const code = text + checkSign(text);
        const wide = [...code].map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join('');
        return plainCode(wide) === code && plainCode(` ${code.toLowerCase().slice(0, 8)}-${code.slice(8)} `) === code;
      }),
    );
  });

  it('任何文字都给得出答案，从不出错', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const doubt = codeDoubt(text);
        return doubt === null || /[。]$/.test(doubt);
      }),
    );
  });

  it.each([
    ['', null],
    ['123456789012345', '旧注册号'],
    ['91340600MA2', '应为 18 位'],
    ['91340600MA2IOSVZ1X', '不使用'],
  ])('「%s」的提醒说得出毛病在哪里', (code, says) => {
    if (says === null) expect(codeDoubt(code)).toBeNull();
    else expect(codeDoubt(code)).toContain(says);
  });
});

const known = (one: Partial<Known> & { id: string; name: string }): Known => ({
  number: `企-2026-000${one.id}`,
  nameKey: enterpriseKey(one.name),
  nameCore: nameCore(one.name),
  current: true,
  creditCode: null,
  addressKey: '',
  state: 'active',
  ...one,
});

describe('认得出是哪一家', () => {
  const index = indexKnown([
    known({
      id: '1',
      name: '澜桥顺和木业有限公司',
      creditCode: '91990102MA00000011',
      addressKey: addressKey('榆荫路 8 号'),
    }),
    known({ id: '2', name: '便民超市', addressKey: addressKey('榆荫路 9 号') }),
    known({ id: '3', name: '便民超市', addressKey: addressKey('枫砚街 1 号') }),
    known({ id: '1', name: '澜桥顺和木业有限公司', nameKey: enterpriseKey('澜桥老木器厂'), current: false }),
  ]);

  it('代码相同的就是它，名称写得不同也认', () => {
    expect(matchOne({ creditCode: '91990102ma00000011', name: '顺和木业' }, index)).toMatchObject({
      id: '1',
      by: 'code',
    });
  });

  it('原名也认得出', () => {
    expect(matchOne({ name: '澜桥老木器厂' }, index)).toMatchObject({ kind: 'found', id: '1' });
  });

  it('同名的按地址分辨，分辨不了的只列出来由人选', () => {
    expect(matchOne({ name: '便民超市', address: '枫砚街1号' }, index)).toMatchObject({ id: '3' });
    expect(matchOne({ name: '便民超市' }, index)).toMatchObject({
      kind: 'unresolved',
      candidates: [{ id: '2' }, { id: '3' }],
    });
  });

  it('只差组织形式的只作建议，不替人认定', () => {
    const match = matchOne({ name: '澜桥顺和木业厂' }, index);
    expect(match.kind).toBe('unresolved');
    expect(matchOne({ name: '澜桥顺和木业' }, index)).toMatchObject({ kind: 'unresolved', candidates: [{ id: '1' }] });
  });

  it('登记前提醒同代码、同名同址的；同名不同址的是另一家', () => {
    expect(doubtsAbout({ name: '新厂', creditCode: '91990102MA00000011' }, index).map((one) => one.kind)).toEqual([
      'code',
      'sameCode',
    ]);
    expect(asksForWord(doubtsAbout({ name: '便民超市', address: '榆荫路9号' }, index))).toHaveLength(1);
    expect(doubtsAbout({ name: '便民超市', address: '别处 5 号' }, index)).toEqual([]);
    expect(doubtsAbout({ name: '便民超市', address: '榆荫路9号' }, index, '2')).toEqual([]);
  });
});

describe('谁能办理', () => {
  const file = {
    jurisdiction: '990102',
    regulatorUnitId: 'r',
    townUnitId: 't',
    state: 'active',
    mergedInto: null,
  } as const;
  const actions: readonly EnterpriseAction[] = ['change', 'changeRegulator', 'changeState', 'merge', 'confirm'];
  const allowed = (actor: Parameters<typeof whyNot>[0], one: Parameters<typeof whyNot>[1] = file) =>
    actions.filter((action) => whyNot(actor, one, action) === null);
  const clerk = (unitId: string) => testActor({ roles: ['clerk'], unitId });

  it('安委办什么都能办；经办人只办本单位监管或在本地的，不能自行换监管单位', () => {
    expect(allowed(testActor({ roles: ['officer'] }))).toEqual(actions);
    expect(allowed(clerk('r'))).toEqual(['change', 'changeState', 'merge', 'confirm']);
    expect(allowed(clerk('t'))).toEqual(['change', 'changeState', 'merge', 'confirm']);
    expect(allowed(clerk('x'))).toEqual([]);
    expect(allowed(clerk('t'), { ...file, regulatorUnitId: null })).toEqual(actions);
  });

  it('领导、检查员、网格员只看；别的地区的谁也不办', () => {
    for (const role of ['leader', 'inspector', 'gridWorker'] as const)
      expect(allowed(testActor({ roles: [role], unitId: 'r' }))).toEqual([]);
    expect(allowed(testActor({ roles: ['officer'], jurisdiction: '990100' }))).toEqual([]);
  });

  it('已并入的不再办理，注销的只能恢复或合并', () => {
    const officer = testActor({ roles: ['officer'] });
    expect(allowed(officer, { ...file, mergedInto: 'k' })).toEqual([]);
    expect(allowed(officer, { ...file, state: 'closed' })).toEqual(['changeState', 'merge']);
  });
});

describe('名录表格', () => {
  const plan = (header: readonly string[], cells: readonly string[]) => {
    const sheet: SheetText = {
      name: '表',
      rows: [
        { row: 1, cells: header },
        { row: 2, cells },
      ],
    };
    const row = recogniseForm([sheet], enterpriseColumns).sheets[0]?.rows[0];
    if (!row) throw new Error('没有认出表头');
    return planRow(row, {
      unitIn: (text) =>
        text === '区应急局' ? { kind: 'unit', id: 'u' } : { kind: 'unknown', suggestions: ['区应急管理局'] },
      known: indexKnown([]),
      sectors: ['工贸'],
      today: '2026-03-10',
      seen: new Map(),
    });
  };

  it('各地写法不同的表头都认得', () => {
    const { draft, troubles } = plan(
      ['企业名称（全称）*', '社会信用代码', '行业', '主管部门', '所属乡镇（街道）', '风险等级', '经营状态'],
      ['顺和木业', '', '工贸', '区应急局', '', '较大风险', '存续'],
    );
    expect(troubles).toEqual([]);
    expect(draft).toMatchObject({ name: '顺和木业', regulatorUnitId: 'u', risk: 'orange', sector: '工贸' });
  });

  it('错误指到单元格，并说怎样改', () => {
    const planned = plan(
      ['名称', '经度', '纬度', '监管单位', '从业人数', '状态日期', '类别'],
      ['厂', '33.1', '', '应急局', '约五十', '2027-01-01', '小区'],
    );
    expect(isWrong(planned)).toBe(true);
    expect(planned.troubles.map((one) => one.cell)).toEqual(['A2', 'G2', 'C2', 'E2', 'F2', 'D2']);
    expect(planned.troubles.at(-1)?.mend).toContain('「区应急管理局」');
  });

  it('任何内容的行都核对得完，不会中断', () => {
    const header = enterpriseColumns.map((column) => column.names[0] ?? '');
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: header.length, maxLength: header.length }), (cells) => {
        const sheet: SheetText = {
          name: '表',
          rows: [
            { row: 1, cells: header },
            { row: 2, cells: ['x', ...cells.slice(1)] },
          ],
        };
        recogniseForm([sheet], enterpriseColumns);
        return plan(header, ['顺和木业', ...cells.slice(1)]).row.row === 2;
      }),
    );
  });
});
