import { legacyLogicalPropertiesTransformer, StyleProvider } from '@ant-design/cssinjs';
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import type { ReactNode } from 'react';
import { theme } from './theme.ts';

dayjs.locale('zh-cn');

/** Open lists, calendars and hints stand in a landmark of their own, so that screen readers can find them. */
function popups(): HTMLElement {
  const known = document.getElementById('popups');
  if (known !== null) return known;
  const made = document.createElement('section');
  made.id = 'popups';
  made.setAttribute('aria-label', '弹出的选项');
  document.body.append(made);
  return made;
}

/**
 * The component library's surroundings. Without the high hash priority and the transformer its pages are unstyled on
 * browsers below Chromium 88; `autoInsertSpace` would write 「查 询」.
 */
export function Frame({ children }: { children: ReactNode }) {
  // Fingers need 44 px; the office screen is dense.
  const narrow = window.innerWidth < 768;
  return (
    <StyleProvider hashPriority="high" transformers={[legacyLogicalPropertiesTransformer]}>
      <ConfigProvider
        locale={zhCN}
        {...(narrow ? { componentSize: 'large' as const } : {})}
        theme={theme}
        button={{ autoInsertSpace: false }}
        wave={{ disabled: true }}
        getPopupContainer={popups}
      >
        <App message={{ maxCount: 3 }}>{children}</App>
      </ConfigProvider>
    </StyleProvider>
  );
}
