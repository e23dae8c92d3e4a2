// The page about saving: its words are seen first, and what saves is loaded once they are. A script that imports others would hold them back.
addEventListener("load", () => import("./saving.js"));
