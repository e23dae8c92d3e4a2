// Copies the words of a message. Nothing is sent or stored.
const status = document.querySelector("main [role=status]");
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const box = document.getElementById(button.dataset.copy);
    const isCopied = await navigator.clipboard?.writeText(box.textContent).then(() => true, () => false);
    if (!isCopied) getSelection().selectAllChildren(box);
    status.textContent = isCopied ? "Copied." : "The words are marked. Press Ctrl and C, or Cmd and C, to copy them.";
  });
}
