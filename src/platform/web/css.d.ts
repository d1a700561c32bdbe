declare module '*.css';
/** Version of the package, put in by the build. */
declare const __GUATU_VERSION__: string;
