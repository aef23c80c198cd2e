"""How fast Paperloom builds, measured beside other tools on the same text.

The data flow one way: ``corpus`` invents papers, ``edits`` changes them, ``writers`` put the same
text into the format of each system, ``prepare`` stores trees and edits as files, ``runner`` and
``own_steps`` build and measure, ``results`` keeps the samples, ``bars`` and ``report`` judge and
show them. ``python -m benchmarks --help`` names the options.
"""
