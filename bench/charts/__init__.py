"""Altair charts from analysed data, one file a chart; `theme` has their colours and fonts."""
