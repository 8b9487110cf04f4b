// The widget that brings tables.js to a page. Outputs of a cell appear one after another, and the card
// may come after this one, so it looks more than once; then it tells the kernel that it is done.

export default {
  render({ model, el }) {
    el.hidden = true;
    for (const wait of [0, 100, 500, 2000]) setTimeout(() => Tables.sweep(), wait);
    model.send({ done: true });
  },
};
