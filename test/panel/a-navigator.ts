// Node has one from 21 on. How keys are called depends on it, as soon as their module is read.
if (!("navigator" in globalThis)) Object.assign(globalThis, { navigator: { userAgent: "" } });
