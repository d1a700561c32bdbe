import { Component, type ReactNode } from 'react';

const stale = /dynamically imported module|Importing a module script failed|Loading chunk|preload CSS/i;

/** Keeps the header and menu when a page breaks, and says what to do. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    // A page's file is gone after an update of the server: loading the page anew brings the new one.
    const updated = stale.test(error.message);
    return (
      <section className="g-card g-message" role="alert">
        <h1>{updated ? '页面没有打开' : '页面出错了'}</h1>
        <p>
          {updated
            ? '系统可能刚刚更新过，或者网络中断了。请刷新页面；已填写的草稿保存在本机，不会丢失。'
            : '这个页面没有显示出来，您已填写的草稿保存在本机，不会丢失。请刷新页面重试；多次出现时，请把下面的文字告诉系统管理员。'}
        </p>
        {updated ? null : <pre>{error.message}</pre>}
        <button type="button" className="g-button g-button-main" onClick={() => window.location.reload()}>
          刷新页面
        </button>
      </section>
    );
  }
}
