import { AUTO_LANGUAGE } from "../../model/settings.ts";
import { chooseLanguage, loadFirstWords } from "../../words/languages.ts";
import { askForWires, devtoolsPageBeside } from "./ask-for-wires.ts";
import { sessionsOfPage } from "./sessions-of-page.ts";

sessionsOfPage();
const devtoolsPage = devtoolsPageBeside(window);
if (devtoolsPage !== undefined) {
  askForWires(devtoolsPage);
  // It knows the language before the panel has read its settings. What fails here fails again where it is told.
  loadFirstWords(chooseLanguage(AUTO_LANGUAGE, [devtoolsPage.document.documentElement.lang])).catch(() => undefined);
}
