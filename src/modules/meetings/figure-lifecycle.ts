import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type FigureState = 'figureEntered' | 'figureSentBack' | 'figureConfirmed';
export type FigureAction = 'correctFigure' | 'confirmFigure' | 'sendBackFigure';
export type FigurePart = 'office' | 'reporter';
export type FigureNeed = 'numbers' | 'otherPerson' | 'reason';

/** 事故月度数字: entered by one person and confirmed by another; a confirmed one is corrected only with a reason, and confirmed again. */
export const accidentFigureLifecycle: Lifecycle<FigureState, FigureAction, FigurePart, FigureNeed> = {
  noun: '事故数字',
  initial: 'figureEntered',
  final: [],
  states: { figureEntered: '待核对', figureSentBack: '退回重填', figureConfirmed: '已核对' },
  actions: { correctFigure: '更正数字', confirmFigure: '核对确认', sendBackFigure: '退回数字' },
  parts: { office: '安委办工作人员', reporter: '填报单位' },
  needs: {
    numbers: '起数、死亡人数应是不小于零的整数；起数为零的，死亡人数也应为零',
    otherPerson: '填报人不能核对自己填的数字，请由另一位同志核对',
    reason: '请写明原因',
  },
  table: [
    {
      from: ['figureEntered', 'figureSentBack'],
      action: 'correctFigure',
      to: 'figureEntered',
      by: ['office', 'reporter'],
      needs: ['numbers', 'reason'],
    },
    {
      from: ['figureConfirmed'],
      action: 'correctFigure',
      to: 'figureEntered',
      by: ['office'],
      needs: ['numbers', 'reason'],
    },
    {
      from: ['figureEntered'],
      action: 'confirmFigure',
      to: 'figureConfirmed',
      by: ['office'],
      needs: ['otherPerson'],
    },
    {
      from: ['figureEntered'],
      action: 'sendBackFigure',
      to: 'figureSentBack',
      by: ['office'],
      needs: ['otherPerson', 'reason'],
    },
  ],
};
