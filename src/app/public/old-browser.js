// Loaded by every browser, in the language of the oldest: Internet Explorer, the compatibility mode of dual-core
// browsers and Chromium below 76 get an explanation instead of an empty page.
(() => {
  if ('noModule' in document.createElement('script') && window.Promise && 'allSettled' in Promise) return;
  function explain() {
    document.title = '请切换到极速模式';
    document.body.innerHTML =
      '<div style="max-width:560px;margin:60px auto;font-family:Microsoft YaHei,SimSun,sans-serif;font-size:16px;line-height:1.8">' +
      '<h1 style="font-size:22px">请切换到极速模式</h1>' +
      '<p>您的浏览器正以“兼容模式”或 IE 内核打开本系统，或者版本太旧，页面不能正常显示。</p>' +
      '<p>请点击地址栏右侧的“兼容模式”图标，改为“极速模式”，页面会自动刷新；如果没有这个选项，请换用 Chrome、Edge、360 安全浏览器、奇安信可信浏览器等（内核 80 以上）再打开。</p>' +
      '</div>';
  }
  if (document.readyState === 'complete') explain();
  else window.attachEvent ? window.attachEvent('onload', explain) : window.addEventListener('load', explain);
})();
