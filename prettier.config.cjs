// pre-commit puts the plugin on NODE_PATH, hence its full path here.
/** @type {import("prettier").Config} */
module.exports = {
    bracketSpacing: false,
    plugins: [require.resolve("@prettier/plugin-xml")],
    printWidth: 88,
    proseWrap: "preserve",
    semi: true,
    trailingComma: "es5",
    // White space of a view or message can be part of a translated text.
    xmlWhitespaceSensitivity: "preserve",
};
