import type { ThemeConfig } from 'antd';

/** The colours that pages may use; the same values stand as variables in `web.css`. */
export const colours = {
  primary: '#0b4a9e',
  ground: '#eef1f5',
  line: '#d5dbe3',
  head: '#f1f4f8',
  text: '#1f2933',
  quiet: '#56606b',
  redText: '#c8161d',
  amberText: '#8f5600',
  greenText: '#1c7a35',
  redFill: '#c8161d',
  amberFill: '#e59700',
  greenFill: '#2f9e4f',
  greyFill: '#7b8794',
} as const;

export const fonts =
  '"PingFang SC","Microsoft YaHei","HarmonyOS Sans SC","Source Han Sans SC","Noto Sans CJK SC",sans-serif';

/** An office tool that is read for hours: flat, dense, still. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.primary,
    colorLink: colours.primary,
    colorLinkHover: '#06357a',
    colorError: colours.redText,
    colorWarning: colours.amberText,
    colorSuccess: colours.greenText,
    colorText: colours.text,
    colorTextSecondary: colours.quiet,
    colorTextTertiary: colours.quiet,
    colorTextDescription: colours.quiet,
    colorTextPlaceholder: '#6b7580',
    colorTextDisabled: '#6b7580',
    colorBorder: '#b8c1cc',
    colorBorderSecondary: colours.line,
    // Derived from the dark text colours these grounds would be muddy.
    colorWarningBg: '#fff8e8',
    colorWarningBorder: '#d9b36a',
    colorErrorBg: '#fdf1f1',
    colorErrorBorder: '#e2a3a6',
    colorSuccessBg: '#eef7f0',
    colorSuccessBorder: '#93c7a1',
    controlHeightLG: 44,
    borderRadius: 3,
    borderRadiusLG: 3,
    borderRadiusSM: 2,
    fontFamily: fonts,
    fontSize: 14,
    fontSizeSM: 13,
    fontSizeLG: 16,
    lineHeight: 1.5,
    fontWeightStrong: 600,
    motion: false,
    boxShadow: 'none',
    boxShadowSecondary: '0 0 0 1px #b8c1cc',
    boxShadowTertiary: 'none',
  },
  components: {
    Table: {
      headerBg: colours.head,
      headerSortActiveBg: colours.head,
      headerSortHoverBg: '#e4ecf7',
      bodySortBg: '#ffffff',
      headerColor: colours.text,
      cellPaddingBlockSM: 6,
      cellPaddingInlineSM: 8,
    },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Modal: { titleFontSize: 16 },
    Tabs: { horizontalItemPadding: '8px 0' },
  },
};
