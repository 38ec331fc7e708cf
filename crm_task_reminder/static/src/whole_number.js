import { localization } from "@web/core/l10n/localization";
import { escapeRegExp } from "@web/core/utils/strings";
import { InvalidNumberError, parseInteger } from "@web/views/fields/parsers";

/**
 * Returns the whole number that was typed. Odoo drops the sign between thousands
 * wherever it stands, and tries that of English where its own does not fit: of “1,5” it
 * makes 15.
 */
export function parseWhole(text) {
    const sign = localization.thousandsSep || "";
    const gap = sign.trim() ? escapeRegExp(sign) : "\\s";
    const whole = new RegExp(`^[-+]?(\\d+|\\d{1,3}(${gap}\\d{2,3})*${gap}\\d{3})$`);
    const typed = text.trim();
    if (typed && !typed.startsWith("=") && !whole.test(typed)) {
        throw new InvalidNumberError(`"${text}" is not a whole number`);
    }
    return parseInteger(text);
}
