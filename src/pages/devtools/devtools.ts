chrome.devtools.panels.create("Framescope", "/icons/16.png", "/src/pages/panel/index.html");
