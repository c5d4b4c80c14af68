"""Does the app stay as it is through half an hour of runs, viewers and kills?

Runs one after another, each watched; after every second one the measuring service is killed in the
middle of a run. Memory, processes and descriptors are counted between runs, when nothing goes on.
"""
