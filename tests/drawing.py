"""A drawing as small as it can be, for tests that need one."""

DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" role="img" font-family="system-ui, sans-serif" \
font-size="13">
<rect class="figure-a" fill="#dcebf9" stroke="#0b62a8" x="10" y="10" width="90" height="40" rx="6"/>
<text class="figure-ink" fill="#1f2328" stroke="none" x="20" y="34">kettle &amp; lid</text>
</svg>
"""
