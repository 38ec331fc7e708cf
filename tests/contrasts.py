"""How far texts on a screen stand out, read in the browser."""

# What stands out from what is behind it, from 1 (nothing) to 21 (black on white), for
# each text: WCAG 2.1, "relative luminance" and "contrast ratio".
CONTRASTS = """root => {
    const parse = colour => {
        const [red, green, blue, alpha = 1] = colour.match(/[\\d.]+/g).map(Number);
        return { rgb: [red, green, blue], alpha };
    };
    const mix = ({ rgb, alpha }, below) =>
        rgb.map((value, i) => value * alpha + below[i] * (1 - alpha));
    const ancestors = element => {
        const found = [];
        for (; element; element = element.parentElement) found.unshift(element);
        return found;
    };
    const luminance = rgb => {
        const [red, green, blue] = rgb.map(value => {
            const part = value / 255;
            return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const result = [];
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode.data.trim();
        const element = texts.currentNode.parentElement;
        if (!text || !element.checkVisibility()) continue;
        const styles = ancestors(element).map(one => getComputedStyle(one));
        const behind = styles.reduce(
            (below, style) => mix(parse(style.backgroundColor), below), [255, 255, 255]
        );
        const colour = parse(getComputedStyle(element).color);
        for (const style of styles) colour.alpha *= style.opacity;
        const [less, more] = [luminance(mix(colour, behind)), luminance(behind)]
            .sort((one, other) => one - other);
        result.push({
            text,
            contrast: (more + 0.05) / (less + 0.05),
            behind: luminance(behind),
            isHint: Boolean(element.closest(".badge, .text-muted")),
        });
    }
    return result;
}"""
