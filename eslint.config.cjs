// pre-commit puts these packages on NODE_PATH.
const js = require("@eslint/js");
const globals = require("globals");

const STRICTER = {
    "array-callback-return": "error",
    curly: ["error", "all"],
    "default-case-last": "error",
    eqeqeq: "error",
    "no-alert": "error",
    "no-console": ["error", {allow: ["warn", "error"]}],
    "no-eval": "error",
    "no-implicit-globals": "error",
    "no-implied-eval": "error",
    "no-return-assign": "error",
    "no-shadow": "error",
    "no-template-curly-in-string": "error",
    "no-throw-literal": "error",
    "no-undef-init": "error",
    "no-unused-expressions": "error",
    "no-unused-vars": ["error", {argsIgnorePattern: "^_"}],
    "no-useless-concat": "error",
    "no-var": "error",
    "object-shorthand": "error",
    "prefer-const": "error",
    "prefer-promise-reject-errors": "error",
    "prefer-template": "error",
    radix: "error",
    yoda: "error",
};

module.exports = [
    {ignores: ["**/static/lib/**", "**/static/src/lib/**", ".run/**"]},
    js.configs.recommended,
    {
        // Modules of Odoo's web client: what they use they import.
        files: ["**/static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, odoo: "readonly"},
        },
        rules: STRICTER,
    },
    {
        files: ["**/*.cjs"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "commonjs",
            globals: globals.node,
        },
        rules: STRICTER,
    },
];
